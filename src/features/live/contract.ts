/**
 * `GET /api/live`: server-sent events. One event type, `changed`, whose data is one of these topics and nothing else:
 * no identifier, no content, so that the stream tells nobody of a record they may not see. The screen asks again.
 */
export const liveTopics = ['inbox', 'records', 'partners'] as const;
export type LiveTopic = (typeof liveTopics)[number];
export const livePath = '/api/live';
