export type { Problem, StudyDetail, Worklist } from './api.ts';
