import { useQuery } from '@tanstack/react-query';
import { permissionsQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import { permissionsMessages } from './messages.ts';
import { PermissionRow } from './permission-row.tsx';
import styles from './permissions.module.css';

/** Every permission asked for or given about this record, the newest first. */
export default function PermissionsSection({ record }: SectionProps) {
  const text = useText(permissionsMessages);
  const { data: permissions, error } = useQuery(permissionsQuery(record.record));
  if (error && !permissions) return <ProblemNotice thrown={error} />;
  if (!permissions || permissions.length === 0) return null;
  return (
    <section aria-label={text('title')} className={styles.section}>
      <h2>{text('title')}</h2>
      <ul className={styles.rows}>
        {permissions.map((view) => (
          <PermissionRow key={view.permission ?? view.request} view={view} />
        ))}
      </ul>
    </section>
  );
}
