import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { carriers } from '../contract.ts';
import { bundlesMessages } from './messages.ts';

type Carrier = (typeof carriers)[number];

export function CarrierDialog({
  partner,
  carrier,
  onClose,
}: {
  partner: PartnerView;
  carrier: Carrier;
  onClose: () => void;
}) {
  const text = useText(bundlesMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const { id } = partner.service;
  const title = text('choose.title', { service: nameOf(partner.service, language) });
  const [chosen, setChosen] = useState<Carrier>(carrier);
  const choose = useWrite(
    (given: Carrier, options) => client.chooseCarrier({ params: { id }, body: { carrier: given } }, options),
    (done) => {
      say(text('choose.done', { carrier: text(`carrier.${done.carrier}`) }));
      onClose();
    },
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          choose.mutate(chosen);
        }}
      >
        <Fieldset legend={text('title')}>
          {carriers.map((one) => (
            <Radio
              key={one}
              name="carrier"
              value={one}
              checked={chosen === one}
              onChange={() => setChosen(one)}
              label={text(`carrier.${one}`)}
              description={text(`means.${one}`)}
            />
          ))}
        </Fieldset>
        {choose.error && <ProblemNotice thrown={choose.error} />}
        <DialogActions>
          <Button type="submit" loading={choose.isPending}>
            {text('choose.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
