import { describe, expect, test } from 'vitest';
import { isLoopback, parseModelConfiguration, parseModelConfigurations, patientTextBanner } from './index.ts';

const server = (baseUrl: string, more: object = {}) => ({
  name: 'm',
  kind: 'openai-compatible',
  baseUrl,
  model: 'any',
  ...more,
});

describe('what stays on this computer', () => {
  test.each([
    'http://localhost:8000/v1',
    'http://LOCALHOST/v1',
    'http://127.0.0.1:11434/v1',
    'http://127.255.3.9/v1',
    'http://127.1/v1',
    'http://2130706433/v1',
    'http://0x7f.0.0.1/v1',
    'http://[::1]:8080/v1',
    'http://[0:0:0:0:0:0:0:1]/v1',
    'http://[::ffff:127.0.0.1]/v1',
    'https://１２７.０.０.１/v1',
  ])('%s is loopback and needs no permission', (url) => {
    expect(isLoopback(new URL(url))).toBe(true);
    const configuration = parseModelConfiguration(server(url));
    expect(patientTextBanner(configuration)).toBeUndefined();
  });
  test.each([
    'http://0.0.0.0:8000/v1',
    'http://128.0.0.1/v1',
    'http://127.0.0.1.example.org/v1',
    'http://localhost.example.org/v1',
    'http://my.localhost/v1',
    'http://localhost./v1',
    'http://[::2]/v1',
    'http://[::ffff:128.0.0.1]/v1',
    'http://192.168.0.3:8000/v1',
    'https://api.example.org/v1',
    'http://example.org/127.0.0.1/v1',
  ])('%s is not: refused without permission, with a banner where it is given', (url) => {
    expect(isLoopback(new URL(url))).toBe(false);
    expect(() => parseModelConfiguration(server(url))).toThrow('is not on this computer');
    const allowed = parseModelConfiguration(server(url, { mayReceivePatientText: true }));
    expect(patientTextBanner(allowed)).toContain(new URL(url).host);
  });
  test('an address without encryption is called so', () => {
    const banner = (url: string) =>
      patientTextBanner(parseModelConfiguration(server(url, { mayReceivePatientText: true })));
    expect(banner('http://gpu.example.org/v1')).toContain('unencrypted');
    expect(banner('https://gpu.example.org/v1')).not.toContain('unencrypted');
  });
  test.each([
    ['http://127.0.0.1@example.org/v1', /user name or password/],
    ['http://user:word@127.0.0.1/v1', /user name or password/],
    ['http://127.0.0.1/v1?key=abc', /query/],
    ['file:///etc/passwd', /neither http nor https/],
    ['127.0.0.1:8000', /is not an address|neither http nor https/],
  ])('%s is refused whatever is permitted', (url, rule) => {
    expect(() => parseModelConfiguration(server(url, { mayReceivePatientText: true }))).toThrow(rule);
  });
});

describe('the configuration file', () => {
  test('defaults are filled in; a file model is never a matter of addresses', () => {
    const [first, second] = parseModelConfigurations(
      JSON.stringify({
        models: [server('http://127.0.0.1:8000/v1'), { name: 'small', kind: 'gguf', file: 'models/small.gguf' }],
      }),
    );
    expect(first).toMatchObject({ concurrency: 1, timeoutSeconds: 120, retries: 2, seesImages: false });
    expect(second).toMatchObject({ kind: 'gguf', maxAnswerTokens: 2048 });
    expect(patientTextBanner(second!)).toBeUndefined();
  });
  test.each([
    ['{', 'is not JSON'],
    ['{}', 'has no list "models"'],
    ['{"models": [{"name": "m", "kind": "magic"}]}', 'language model "m", kind'],
    [JSON.stringify({ models: [server('http://[::1]/v1', { apiKey: 'abc' })] }), 'apiKey'],
    [JSON.stringify({ models: [server('http://[::1]/v1', { apiKeyEnv: 'sk-123' })] }), 'environment variable'],
    [JSON.stringify({ models: [server('http://[::1]/v1', { name: 'rules' })] }), 'reader of its own'],
    [JSON.stringify({ models: [server('http://[::1]/v1'), server('http://[::1]/v1')] }), 'two language models'],
  ])('%s is refused with its reason', (text, rule) => {
    expect(() => parseModelConfigurations(text)).toThrow(rule);
  });
  test('a key that was written into the file is not repeated in the error', () => {
    const text = JSON.stringify({ models: [server('http://[::1]/v1', { apiKeyEnv: 'sk-very-secret' })] });
    try {
      parseModelConfigurations(text);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).not.toContain('sk-very-secret');
    }
  });
});
