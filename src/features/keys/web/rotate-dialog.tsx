import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { ReasonDialog } from '#src/web/design/reason-dialog.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { KeyView } from '../contract.ts';
import { keysMessages } from './messages.ts';

export function RotateDialog({ use, onClose }: { use: KeyView['use']; onClose: () => void }) {
  const text = useText(keysMessages);
  const { say } = useToasts();
  const rotate = useWrite(
    (reason: string, options) =>
      use === 'signing'
        ? client.rotateSigningKey({ body: { reason } }, options)
        : client.rotateSealingKey({ body: { reason } }, options),
    () => {
      say(text(`rotate.done.${use}`));
      onClose();
    },
  );
  return (
    <ReasonDialog
      title={text(`rotate.button.${use}`)}
      reasonLabel={text('reason')}
      submitLabel={text(`rotate.button.${use}`)}
      act={rotate}
      onClose={onClose}
    >
      <p>{text(`rotate.text.${use}`)}</p>
    </ReasonDialog>
  );
}
