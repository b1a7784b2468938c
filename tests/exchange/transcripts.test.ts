/** The transcripts of spec/vectors, read as another implementation reads them: played into a fresh link from the file alone. */
import { describe, expect, it } from 'vitest';
import { realCrypto } from '#sim/crypto.ts';
import { LinkEnd } from '#sim/link-end.ts';
import type { EnvelopeHeader } from '#src/protocol/exchange/state.ts';
import file from '../../spec/vectors/exchange/transcripts.json' with { type: 'json' };
import { transcripts } from './transcripts.ts';

describe('[EXC-2] the transcripts of the vectors', () => {
  it('are what the code makes today', () => {
    expect(file.transcripts.length).toBeGreaterThan(8);
    expect(file).toEqual(JSON.parse(JSON.stringify(transcripts())));
  });

  const taking = file.transcripts.filter(({ steps }) => steps.every((step) => 'arrives' in step));
  it.each(taking.map((one) => [one.name, one] as const))(
    '%s: every answer follows from what arrives',
    (_name, { steps }) => {
      const ends = LinkEnd.pair(realCrypto);
      const to = steps[0]?.arrives?.header.to;
      const at = ends.find(({ state }) => state.self === to) ?? ends[0];
      for (const { arrives, answer } of steps) {
        const header = arrives?.header as EnvelopeHeader;
        const plaintext = new Uint8Array(Buffer.from(arrives?.plaintext ?? '', 'base64url'));
        const effects = at.receive(at.opened(header, plaintext));
        const reply = effects.find((effect) => effect.type === 'reply');
        const code = effects.find((effect) => effect.type === 'refused')?.code ?? null;
        const claims = reply && JSON.parse(Buffer.from(reply.receipt.split('.')[1] ?? '', 'base64url').toString());
        expect(claims ?? code).toEqual(answer);
      }
    },
  );
});
