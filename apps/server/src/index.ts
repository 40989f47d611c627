export type { RunningServer, ServeOptions } from './serve.ts';
export { serveRoom } from './serve.ts';
export { builtWebFolder } from './web-build.ts';
