export type {
  RecordedAnswer,
  RecordedAnswers,
  RecordedPair,
  RecordedRequest,
  RecordedServer,
} from './recorded-server.ts';
export { startRecordedServer } from './recorded-server.ts';
