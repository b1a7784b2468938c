import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '#src/web/i18n/use-text.ts';
import { keysMessages } from './messages.ts';
import { recoveryQuery } from './queries.ts';
import styles from './recovery-banner.module.css';

/** EXC-4: above every page while the node was restored from a backup and issues nothing. */
export default function RecoveryBanner() {
  const text = useText(keysMessages);
  const { data: recovery } = useQuery(recoveryQuery);
  if (!recovery?.recovering) return null;
  return (
    <p className={styles.banner} role="status" data-banner="recovery">
      <span>{text('restore.banner')}</span> <Link to="/recovery">{text('restore.bannerLink')}</Link>
    </p>
  );
}
