import { type Static, Type as T } from 'typebox';
import { closed, define, Instant, ServiceBrief, Uuid } from '../contract.ts';

/** Why an item stands in the inbox, most pressing first. */
export const inboxReasons = [
  'answer-overdue',
  'answer-due',
  'clarification-wanted',
  'answer-awaited-overdue',
  'correction-due',
  'permission-asked',
  'citation-review-due',
  'to-decide',
  'outcome-due',
  'assent-due',
  'answer-arrived',
  'correction-answered',
  'permission-decided',
  'refused',
  'arrived',
] as const;

export const InboxItem = T.Object(
  {
    record: Uuid,
    kind: T.String(),
    reason: T.Enum(inboxReasons),
    title: T.String(),
    /** TXT-4: the title of what it is about, as far as this officer sees that; its own does not say it. */
    about: T.Union([T.Null(), T.String()]),
    language: T.String(),
    /** The first words of the first portion that this officer may see. */
    excerpt: T.String(),
    from: ServiceBrief,
    ours: T.Boolean(),
    level: T.Integer(),
    urgency: T.Union([T.Null(), T.String()]),
    at: Instant,
    unread: T.Boolean(),
    /** The furthest step per recipient, for our own releases. */
    deliveries: T.Array(T.Object({ recipient: ServiceBrief, step: T.String() }, closed)),
    /** ACC-19: how many other items of this page go back to the same source, and so count as one with it; absent: none. */
    sameSourceAs: T.Optional(T.Integer({ minimum: 1 })),
  },
  closed,
);
export type InboxItem = Static<typeof InboxItem>;

export const inbox = define({
  listInbox: {
    method: 'GET',
    path: '/api/inbox',
    summary:
      'What waits for this officer (`view=waiting`: immediate first, ten of each service, then ten more), all that arrived (`arrived`), or what we gave (`sent`); newest first',
    query: T.Object(
      {
        view: T.Union([T.Literal('waiting'), T.Literal('arrived'), T.Literal('sent')]),
        q: T.Optional(T.String({ maxLength: 200 })),
        cursor: T.Optional(T.String({ maxLength: 200 })),
        limit: T.Optional(T.Integer({ minimum: 1, maximum: 200 })),
      },
      closed,
    ),
    reply: T.Object(
      {
        items: T.Array(InboxItem),
        next: T.Union([T.Null(), T.String()]),
        counts: T.Object({ waiting: T.Integer(), unread: T.Integer() }, closed),
      },
      closed,
    ),
  },
});
