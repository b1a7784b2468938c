import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { nameOf } from '#src/web/design/service-name.tsx';
import { UnreachedList } from '#src/web/design/unreached.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { PermissionView } from '../contract.ts';
import { DecidePermissionDialog } from './decide-permission-dialog.tsx';
import { permissionsMessages } from './messages.ts';
import { AskAgain, PermissionTerms, useIsUs, usePermissionPhrase } from './permission-terms.tsx';
import styles from './permissions.module.css';
import { RevokePermissionDialog } from './revoke-permission-dialog.tsx';

/** One permission, from its request to its end, and what may be done about it now. */
export function PermissionRow({ view }: { view: PermissionView }) {
  const text = useText(permissionsMessages);
  const language = useLanguage();
  const phrase = usePermissionPhrase();
  const isUs = useIsUs();
  const [open, setOpen] = useState<'decide' | 'revoke' | null>(null);
  const close = () => setOpen(null);
  const { request, permission } = view;
  return (
    <li className={styles.row} data-state={view.state}>
      <p className={styles.headline}>
        <strong>{phrase(view)}</strong>
        <span className={styles.state} data-state={view.state}>
          {text(`state.${view.state}`)}
        </span>
      </p>
      <p className={styles.soft}>
        {isUs(view.grantee)
          ? text(request === null ? 'by.unaskedToUs' : 'by.askedByUs')
          : text(request === null ? 'by.unasked' : 'by.asked', { service: nameOf(view.grantee, language) })}
        {view.askedAt && (
          <>
            {' · '}
            {text('request')} <When at={view.askedAt} />
          </>
        )}
        {view.decidedAt && (
          <>
            {' · '}
            {text('decision')} <When at={view.decidedAt} />
          </>
        )}
      </p>
      <AskAgain view={view} />
      <PermissionTerms view={view} />
      <UnreachedList unreached={view.unreached} />
      <div className={styles.foot}>
        {view.allowed.includes('decide') && (
          <Button size="xs" onClick={() => setOpen('decide')}>
            {text('asked.decide')}
          </Button>
        )}
        {view.allowed.includes('revoke') && (
          <Button size="xs" variant="default" onClick={() => setOpen('revoke')}>
            {text('revoke.button')}
          </Button>
        )}
        {request && (
          <Link to="/records/$id" params={{ id: request }} className={styles.soft}>
            {text('request')}
          </Link>
        )}
        {permission && (
          <Link to="/records/$id" params={{ id: permission }} className={styles.soft}>
            {text('decision')}
          </Link>
        )}
      </div>
      {open === 'decide' && request && <DecidePermissionDialog view={view} request={request} onClose={close} />}
      {open === 'revoke' && permission && (
        <RevokePermissionDialog view={view} permission={permission} onClose={close} />
      )}
    </li>
  );
}
