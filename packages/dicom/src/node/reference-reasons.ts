/**
 * One reason for each file of the reference that is not decoded to the same values, by its name. A file without a reason
 * fails the test and the table's script, so that no difference goes unexplained.
 */
export const reasonsForOtherValues: Record<string, string> = {
  'mlut_18.dcm':
    'Signed values with 12 of 16 bits stored, and bits above them set: the sign is extended from the stored bits here (PS3.5 8.1.1), the reference hands out all 16 bits',
  'JLSL_16_15_1_1F.dcm':
    'Signed values with 15 of 16 bits stored: the sign is extended from the stored bits here (PS3.5 8.1.1), the reference takes them for unsigned',
  'JPEG2000-embedded-sequence-delimiter.dcm':
    'The codestream is a fragment of 250 bytes without a picture: refused here; the reference reports an error and hands out unset memory',
};

/** Why files that the reference does not decode are refused here too, by their name. */
export const reasonsForRefusal: Record<string, string> = {
  'MR_truncated.dcm': 'The pixels are cut off',
  'meta_missing_tsyntax.dcm': 'The data set is empty after the file meta header',
  'nested_priv_SQ.dcm': 'The data elements cannot be read to the end, and the file holds no picture',
};
