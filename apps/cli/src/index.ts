export type { GlobalOptions } from './main.ts';
export { main } from './main.ts';
