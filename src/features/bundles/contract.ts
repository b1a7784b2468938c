import { type Static, Type as T } from 'typebox';
import { closed, define, Fingerprint, Instant, ServiceBrief } from '../contract.ts';

const byId = T.Object({ id: Fingerprint }, closed);

/** EXC-3: link: over HTTP · file: by hand, receipts come back by hand · one-way: through a diode, receipts by another channel or never. */
export const carriers = ['link', 'file', 'one-way'] as const;

/** Of a file in base64: 36 MB, more than one export ever makes. */
const contentCharactersMax = 48_000_000;

/** A `.tansiq` file. */
export const BundleFile = T.Object({ name: T.String(), /** base64 */ content: T.String() }, closed);
export type BundleFile = Static<typeof BundleFile>;

export const ExportView = T.Object(
  {
    at: Instant,
    officer: T.String(),
    epoch: T.Integer(),
    from: T.Integer(),
    through: T.Integer(),
    messages: T.Integer(),
    /** Null: exported, unconfirmed. */
    confirmedAt: T.Union([T.Null(), Instant]),
  },
  closed,
);
export type ExportView = Static<typeof ExportView>;

export const ImportReport = T.Object(
  {
    from: ServiceBrief,
    /** New batches that took effect. */
    taken: T.Integer(),
    /** Had come before, by link or file. */
    known: T.Integer(),
    receipts: T.Integer(),
    refused: T.Array(T.Object({ code: T.String(), rule: T.String() }, closed)),
    /** To be carried back: our receipt. Null where the file held nothing that is answered. */
    answer: T.Union([T.Null(), BundleFile]),
  },
  closed,
);
export type ImportReport = Static<typeof ImportReport>;

export const bundles = define({
  chooseCarrier: {
    method: 'PUT',
    path: '/api/partners/:id/carrier',
    needs: 'bundles',
    summary: 'How batches travel to this partner',
    params: byId,
    body: T.Object({ carrier: T.Enum(carriers) }, closed),
    reply: T.Object({ carrier: T.Enum(carriers) }, closed),
  },
  exportBundle: {
    method: 'POST',
    path: '/api/partners/:id/bundle',
    needs: 'bundles',
    summary: 'A `.tansiq` file with everything that has no receipt yet, and our newest receipt; can be asked for again',
    params: byId,
    reply: T.Object({ file: BundleFile, batches: T.Integer(), messages: T.Integer() }, closed),
  },
  listExports: {
    method: 'GET',
    path: '/api/partners/:id/bundles',
    needs: 'bundles',
    summary: 'Files that were exported for this partner, newest first, and whether a receipt has confirmed them',
    params: byId,
    reply: T.Object({ carrier: T.Enum(carriers), exports: T.Array(ExportView) }, closed),
  },
  importBundle: {
    method: 'POST',
    path: '/api/bundles',
    needs: 'bundles',
    summary: 'Take a `.tansiq` file that was carried here; the answer is to be carried back',
    /** base64 */
    body: T.Object({ content: T.String({ minLength: 1, maxLength: contentCharactersMax }) }, closed),
    bodyBytesMax: contentCharactersMax + 1_024,
    reply: ImportReport,
  },
});
