import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { correctionsMessages } from './messages.ts';
import { RetractForm } from './retract-form.tsx';
import type { WholeWhy } from './why.ts';

export default function WithdrawDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(correctionsMessages);
  const { say } = useToasts();
  const withdraw = useWrite(
    (body: WholeWhy, options) => client.withdraw({ params: { id: record.record }, body }, options),
    () => {
      say(text('withdraw.done'));
      onClose();
    },
  );
  return (
    <RetractForm
      record={record.record}
      title={text('withdraw.title')}
      submitLabel={text('withdraw.submit')}
      onSubmit={withdraw.mutate}
      pending={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
    >
      <p>{text('withdraw.note')}</p>
    </RetractForm>
  );
}
