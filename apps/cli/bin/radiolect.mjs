#!/usr/bin/env node
// TypeScript is run as source: tsx is registered first, then the program is imported. In folders whose package.json does not
// say that they hold modules, as where a person keeps recipes, a file counts as CommonJS and needs the other half of tsx.
import { register as registerCommonJs } from 'tsx/cjs/api';
import { register } from 'tsx/esm/api';

registerCommonJs();
register();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
