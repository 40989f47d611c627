/** RFC 9457. `rule` says what was broken, `fix` what to do about it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly rule?: string;
  readonly fix?: string;
}
