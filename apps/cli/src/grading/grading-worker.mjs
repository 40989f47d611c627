// A worker thread does not inherit the loader of the main thread: tsx is registered first, as in bin/radiolect.mjs.
import { register } from 'tsx/esm/api';

register();
await import('./grade-studies.ts');
