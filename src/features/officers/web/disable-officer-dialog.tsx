import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';
import { Dialog, DialogActions } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { OfficerView } from '../contract.ts';
import { officersMessages } from './messages.ts';

export function DisableOfficerDialog({ officer, onClose }: { officer: OfficerView; onClose: () => void }) {
  const text = useText(officersMessages);
  const shared = useText(words);
  const queries = useQueryClient();
  const { say } = useToasts();
  const name = officer.displayName;
  const disable = useMutation({
    mutationFn: () => client.disableOfficer({ params: { id: officer.id } }),
    onSuccess: () => {
      say(text('disabledDone', { name }));
      void queries.invalidateQueries({ queryKey: ['officers'] });
      onClose();
    },
  });
  return (
    <Dialog title={text('disableTitle', { name })} onClose={onClose}>
      <p>{text('disableText')}</p>
      {disable.error && <ProblemNotice thrown={disable.error} />}
      <DialogActions>
        <Button loading={disable.isPending} onClick={() => disable.mutate()}>
          {text('disable')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {shared('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
