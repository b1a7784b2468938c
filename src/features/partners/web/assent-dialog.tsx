import { Button } from '@mantine/core';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { partnersMessages } from './messages.ts';

/** REC-5: the assent names the hash of the revision that was on the screen, so that nothing else can be assented to. */
export default function AssentDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const { say } = useToasts();
  const assent = useWrite(
    (hash: string, options) => client.assentAgreement({ params: { id: record.record }, body: { hash } }, options),
    () => {
      say(text('assent.done'));
      onClose();
    },
  );
  return (
    <Dialog title={text('assent.title')} onClose={onClose}>
      <Prose language={record.language}>{record.title ?? ''}</Prose>
      <p>{text('assent.text')}</p>
      {assent.error && <ProblemNotice thrown={assent.error} />}
      <DialogActions>
        <Button loading={assent.isPending} onClick={() => assent.mutate(record.hash)}>
          {text('assent.submit')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {shared('cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
