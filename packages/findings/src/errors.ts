/** A finding that breaks a rule of the guideline. `rule` is the rule, `site` the finding's site. Holds no report text. */
export class InvalidFindingError extends Error {
  readonly rule: string;
  readonly site: string | undefined;
  constructor(rule: string, site: string | undefined) {
    super(`Invalid finding${site ? ` at "${site}"` : ''}: ${rule}`);
    this.name = 'InvalidFindingError';
    this.rule = rule;
    this.site = site;
  }
}

/** A pack whose file is missing or does not follow its form. `file` is the name inside the pack. */
export class InvalidPackError extends Error {
  readonly pack: string;
  readonly file: string;
  constructor(pack: string, file: string, problem: string) {
    super(`Pack "${pack}", file "${file}": ${problem}`);
    this.name = 'InvalidPackError';
    this.pack = pack;
    this.file = file;
  }
}
