import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { client } from '#src/web/api/client.ts';
import { meQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { BundleFile } from '../contract.ts';
import { CarrierDialog } from './carrier-dialog.tsx';
import styles from './carrier-section.module.css';
import { Exports } from './exports.tsx';
import { save } from './files.ts';
import { bundlesMessages } from './messages.ts';
import { exportsQuery } from './queries.ts';

/** On a partner's page: how batches reach it, and what was carried by hand. */
export default function CarrierSection({ partner }: { partner: PartnerView }) {
  const text = useText(bundlesMessages);
  const { id } = partner.service;
  const { data: me } = useQuery(meQuery);
  const mayCarry = me?.allowed.includes('bundles') ?? false;
  const { data: bundles, error, refetch } = useQuery({ ...exportsQuery(id), enabled: mayCarry });
  const [changing, setChanging] = useState(false);
  if (!mayCarry) return null;
  return (
    <section aria-label={text('title')} className={styles.section}>
      <div className={styles.heading}>
        <h2>{text('title')}</h2>
        {bundles && partner.revokedAt === null && (
          <Button variant="default" onClick={() => setChanging(true)}>
            {text('change')}
          </Button>
        )}
      </div>
      {error && !bundles && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {bundles && (
        <>
          <p>
            <strong>{text(`carrier.${bundles.carrier}`)}</strong>
            <br />
            {text(`means.${bundles.carrier}`)}
          </p>
          {partner.revokedAt === null && <Export id={id} isSpare={bundles.carrier === 'link'} />}
          {(bundles.carrier !== 'link' || bundles.exports.length > 0) && <Exports exports={bundles.exports} />}
          {changing && <CarrierDialog partner={partner} carrier={bundles.carrier} onClose={() => setChanging(false)} />}
        </>
      )}
    </section>
  );
}

interface Exported {
  readonly file: BundleFile;
  readonly batches: number;
}

function Export({ id, isSpare }: { id: string; isSpare: boolean }) {
  const text = useText(bundlesMessages);
  const [exported, setExported] = useState<Exported | null>(null);
  const write = useWrite(
    // Each press is a new export: what was queued since goes with it.
    () => client.exportBundle({ params: { id } }),
    (done: Exported) => {
      setExported(done);
      save(done.file);
    },
  );
  return (
    <div className={styles.export}>
      <Button
        variant={isSpare ? 'default' : 'filled'}
        loading={write.isPending}
        onClick={() => write.mutate(undefined)}
      >
        {text('out.button')}
      </Button>
      {isSpare && <p className={styles.soft}>{text('out.whileLink')}</p>}
      {write.error && <ProblemNotice thrown={write.error} />}
      {exported && (
        <div className={styles.done} role="status">
          <p>
            <strong>{text('out.done', { file: exported.file.name, count: exported.batches })}</strong>
          </p>
          <p>{text('out.next')}</p>
          <button type="button" className={styles.again} onClick={() => save(exported.file)}>
            {text('out.again')}
          </button>
        </div>
      )}
    </div>
  );
}
