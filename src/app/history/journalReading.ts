/** What reads the journal, in one piece: it is loaded when the history is first looked at. */
export { compaction, isOverfull } from '../../core/journal/compaction';
export { decodeRecord } from '../../core/journal/decode';
export { capped, cappedWebhooks, merge, webhooksIn } from '../../core/journal/merge';
export { JournalIndex } from './journalIndex';
export { webhookOf } from '../../core/journal/webhookRecord';
