/** How texts are read, and how strongly they are drawn to images. */
export interface ImageReportSettings {
  /** Most tokens that the vocabulary holds, the most frequent of the training texts. */
  readonly vocabulary: number;
  /** Statements taken of one report in a step, drawn anew; and tokens of one statement. */
  readonly statements: number;
  readonly tokens: number;
  /** Width, blocks and heads of the text encoder. */
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  /** Width in which images and texts meet. */
  readonly joint: number;
  /** Similarities are divided by it before the softmax over the batch. */
  readonly temperature: number;
  /** Similarities of label vectors are divided by it to say how far two studies agree: small allows only equal ones. */
  readonly agreementTemperature: number;
  /** Of the words over the regions. */
  readonly attentionTemperature: number;
  /** Weight of the words-to-regions loss beside that of whole reports. */
  readonly local: number;
}
