import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// The rules of the house (docs/architecture.md), read from the sources themselves.

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);
const sources = tracked.filter((file) => /^(packages|apps)\/[^/]+\/src\/.*\.tsx?$/.test(file));

/** Which of our packages each package may import at run time; types follow the same picture. */
const allowed: Record<string, readonly string[]> = {
  findings: [],
  dicom: [],
  onnx: [],
  reports: ['findings'],
  learning: ['findings', 'dicom', 'onnx'],
  evaluation: ['findings'],
  phantom: ['findings', 'dicom'],
  'language-models': ['reports'],
  'reading-room': ['findings', 'dicom', 'onnx', 'reports', 'learning', 'evaluation', 'phantom', 'language-models'],
  server: ['findings', 'dicom', 'reports', 'language-models', 'reading-room'],
  cli: [
    'findings',
    'dicom',
    'reports',
    'learning',
    'evaluation',
    'phantom',
    'language-models',
    'reading-room',
    'server',
  ],
  web: ['findings', 'reports', 'server'],
};
const appOrPackage = ['packages', 'apps'].flatMap((kind) =>
  readdirSync(join(root, kind)).map((name) => ({ kind, name, folder: `${kind}/${name}` })),
);
const ownerOf = (file: string): string => file.split('/')[1] ?? '';
const importsOf = (file: string): { specifier: string; typeOnly: boolean }[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map((match) => ({ specifier: match[2] ?? match[3] ?? '', typeOnly: match[1] !== undefined }));

describe('imports follow the picture', () => {
  test('every package is in the picture', () => {
    expect(appOrPackage.map((p) => p.name).sort()).toEqual(Object.keys(allowed).sort());
  });
  test('across packages only what the picture allows, by package name', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file).flatMap(({ specifier, typeOnly }) => {
        const owner = ownerOf(file);
        if (specifier.startsWith('.')) {
          const target = relative(root, resolve(root, dirname(file), specifier));
          return ownerOf(target) === owner || target.startsWith('..') ? [] : [`${file} → ${specifier}`];
        }
        const ours = /^@radiolect\/([^/]+)/.exec(specifier)?.[1];
        if (!ours || file.endsWith('.test.ts')) return [];
        const typesOnly = (owner === 'web' && ours === 'server') || (owner === 'language-models' && ours === 'reports');
        if (typesOnly && !typeOnly) return [`${file} → ${specifier} (types only)`];
        return ours === owner || allowed[owner]?.includes(ours) ? [] : [`${file} → ${specifier}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
  test('a heavy dependency stands in exactly one package', () => {
    const everywhere = new Set(['zod', 'pure-rand', 'vite']);
    const owners = new Map<string, string[]>();
    for (const { folder } of appOrPackage) {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>;
      };
      for (const name of Object.keys(manifest.dependencies ?? {}))
        if (!name.startsWith('@radiolect/') && !everywhere.has(name))
          owners.set(name, [...(owners.get(name) ?? []), folder]);
    }
    expect([...owners].filter(([, folders]) => folders.length > 1)).toEqual([]);
  });
  test('no folders import each other inside a package', () => {
    const edges = new Set<string>();
    for (const file of sources.filter((f) => !/\.(test|bench|contract)\.tsx?$/.test(f)))
      for (const { specifier } of importsOf(file)) {
        if (!specifier.startsWith('.')) continue;
        const from = dirname(file);
        const to = dirname(relative(root, resolve(root, from, specifier)));
        const nested = from.startsWith(`${to}/`) || to.startsWith(`${from}/`);
        if (from !== to && !nested) edges.add(`${from} → ${to}`);
      }
    const mutual = [...edges].filter((edge) => edges.has(edge.split(' → ').reverse().join(' → ')));
    expect(mutual).toEqual([]);
  });
});

describe('what the sources may hold', () => {
  test('no folder is named for leftovers', () => {
    expect(tracked.filter((file) => /(^|\/)(utils?|common|helpers?|misc|shared|lib|core)\//.test(file))).toEqual([]);
  });
  test('nothing hand-written is above 1,000 lines', () => {
    const long = sources.filter(
      (file) => !file.includes('.generated.') && readFileSync(join(root, file), 'utf8').split('\n').length > 1000,
    );
    expect(long).toEqual([]);
  });
  test('packages below the apps have no process state', () => {
    const state =
      /\bprocess\.(env|exit|argv|stdout|stderr)\b|\bconsole\.|\bMath\.random\(|\bDate\.now\(|\bnew Date\(\)/;
    const below = sources.filter((file) => file.startsWith('packages/') && !/\.(test|bench|contract)\.ts$/.test(file));
    const wrong = below.flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          state.test(line) && !/^\s*(\*|\/\/)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
    expect(wrong).toEqual([]);
  });
  test('the front doors name their exports one by one', () => {
    expect(sources.filter((file) => /^export (type )?\* /m.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
  test('generated files say from what, which edition and by which script', () => {
    const generated = tracked.filter((file) => file.endsWith('.generated.ts'));
    const silent = generated.filter(
      (file) => !/source:.*\n.*edition:.*\n.*script:/i.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(silent).toEqual([]);
  });
  test('the root holds what the architecture lists', () => {
    const folders = [
      '.ci',
      'apps',
      'docs',
      'examples',
      'fixtures',
      'models',
      'packages',
      'packs',
      'recipes',
      'scripts',
      'tests',
    ];
    const files = [
      '.gitignore',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'biome.json',
      'package-lock.json',
      'package.json',
      'tsconfig.base.json',
      'tsconfig.json',
      'vitest.config.ts',
      'vitest.e2e.config.ts',
    ];
    const top = [...new Set(tracked.map((file) => file.split('/')[0]!))];
    expect(top.filter((name) => !folders.includes(name) && !files.includes(name))).toEqual([]);
  });
});
