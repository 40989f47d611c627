/** The files of one run. A write is whole or not there at all, so a run killed in the middle of one goes on. */
export interface RunFolder {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file, or begins it: for logs that others read as they grow. */
  append(name: string, bytes: Uint8Array): Promise<void>;
}

export class MemoryRunFolder implements RunFolder {
  readonly files = new Map<string, Uint8Array>();
  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name);
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, bytes.slice());
  }
  async append(name: string, bytes: Uint8Array): Promise<void> {
    const before = this.files.get(name) ?? new Uint8Array();
    const whole = new Uint8Array(before.length + bytes.length);
    whole.set(before);
    whole.set(bytes, before.length);
    this.files.set(name, whole);
  }
}

export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const jsonBytes = (value: unknown): Uint8Array => textBytes(`${JSON.stringify(value, null, 2)}\n`);
