/** What was read is no CDE set in any known form. `fix` says which forms there are. */
export class NotACdeSetError extends Error {
  readonly fix = 'give a RadElement set (schema 1.0, 1.1 or as its service answers) or an imaging finding model';
  constructor(reason: string) {
    super(`No CDE set: ${reason}`);
    this.name = 'NotACdeSetError';
  }
}
