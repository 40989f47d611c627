// A worker thread does not inherit the loader of the main thread: tsx is registered first, as the program itself does.
import { register } from 'tsx/esm/api';

register();
await import('./training-worker.ts');
