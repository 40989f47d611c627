/**
 * Read access to the attributes of one DICOM data set. A tag is eight hexadecimal digits ("00100020"), upper case.
 * Text is decoded by the Specific Character Set. A missing or empty attribute is undefined, never an empty string.
 */
export interface Header {
  /** The whole value as text, multiple values still joined by a backslash; padding removed. */
  text(tag: string): string | undefined;
  /** The values of a multi-valued text attribute. Empty when absent. */
  texts(tag: string): string[];
  /** The first number of a numeric or number-string attribute; undefined when absent or not a number. */
  number(tag: string): number | undefined;
  /** All numbers of an attribute. Empty when absent. */
  numbers(tag: string): number[];
  /** The raw bytes of the value; undefined when absent. */
  bytes(tag: string): Uint8Array | undefined;
  /** The items of a sequence. Empty when absent. */
  items(tag: string): Header[];
  /** Every tag that is present, in file order. */
  tags(): string[];
}

/** A header without attributes, as pictures have. */
export const emptyHeader: Header = {
  text: () => undefined,
  texts: () => [],
  number: () => undefined,
  numbers: () => [],
  bytes: () => undefined,
  items: () => [],
  tags: () => [],
};
