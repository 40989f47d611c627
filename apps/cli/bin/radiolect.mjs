#!/usr/bin/env node
// TypeScript is run as source: tsx is registered first, then the program is imported.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
