import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { meQuery } from '#src/web/api/queries.ts';
import { LevelWord } from '#src/web/design/marking.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { Pending } from '#src/web/shell/states.tsx';
import type { OfficerView } from '../contract.ts';
import { CreateOfficerDialog } from './create-officer-dialog.tsx';
import { DisableOfficerDialog } from './disable-officer-dialog.tsx';
import { officersMessages } from './messages.ts';
import styles from './officers-page.module.css';
import { SlowDowns } from './slow-downs.tsx';

export const officersQuery = queryOptions({
  queryKey: ['officers'],
  queryFn: ({ signal }) => client.listOfficers(undefined, { signal }),
});

export function OfficersPage() {
  const text = useText(officersMessages);
  const { data: me } = useQuery(meQuery);
  const { data: officers, error, refetch } = useQuery(officersQuery);
  const [creating, setCreating] = useState(false);
  const [disabling, setDisabling] = useState<OfficerView | null>(null);
  const mayChange = me?.allowed.includes('officers') ?? false;
  return (
    <Page title={text('title')} actions={mayChange && <Button onClick={() => setCreating(true)}>{text('add')}</Button>}>
      {error && !officers && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !officers && <Pending />}
      {officers && (
        <table className={styles.officers}>
          <thead>
            <tr>
              <th scope="col">{text('column.name')}</th>
              <th scope="col">{text('column.role')}</th>
              <th scope="col">{text('column.clearance')}</th>
              <th scope="col">{text('column.desks')}</th>
              <th scope="col">{text('column.state')}</th>
            </tr>
          </thead>
          <tbody>
            {officers.map((officer) => (
              <OfficerRow
                key={officer.id}
                officer={officer}
                onDisable={mayChange && officer.id !== me?.officer ? () => setDisabling(officer) : null}
              />
            ))}
          </tbody>
        </table>
      )}
      {mayChange && <SlowDowns />}
      {creating && <CreateOfficerDialog onClose={() => setCreating(false)} />}
      {disabling && <DisableOfficerDialog officer={disabling} onClose={() => setDisabling(null)} />}
    </Page>
  );
}

function OfficerRow({ officer, onDisable }: { officer: OfficerView; onDisable: (() => void) | null }) {
  const text = useText(officersMessages);
  const shared = useText(words);
  const language = useLanguage();
  return (
    <tr data-disabled={officer.disabled}>
      <th scope="row">
        <bdi>{officer.displayName}</bdi>
        <bdi dir="ltr" className={styles.login}>
          {officer.login}
        </bdi>
      </th>
      <td>{shared.of('role', officer.role)}</td>
      <td>
        {officer.role === 'administrator' ? shared('none') : <LevelWord level={officer.clearance} />}
        {officer.compartments.length > 0 && <bdi className={styles.login}>{officer.compartments.join(' · ')}</bdi>}
      </td>
      <td>{officer.desks.map((desk) => shared.of('desk', desk)).join(language === 'ar' ? '، ' : ', ')}</td>
      <td>
        {officer.disabled ? text('disabled') : text('active')}
        {!officer.disabled && onDisable && (
          <button type="button" className={styles.disable} onClick={onDisable}>
            {text('disable')}
            <span className="visually-hidden"> {officer.displayName}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
