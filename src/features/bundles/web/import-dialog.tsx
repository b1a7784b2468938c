import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { Dialog, DialogActions } from '#src/web/design/dialog.tsx';
import { ProblemNotice, RefusalLine } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { Pending } from '#src/web/shell/states.tsx';
import type { ImportReport } from '../contract.ts';
import { base64Of, fileBytesMax, save } from './files.ts';
import styles from './import-dialog.module.css';
import { bundlesMessages } from './messages.ts';

/** EXC-3: a file that was carried here is taken; its answer is to be carried back. */
export default function ImportDialog({ dropped, onClose }: { dropped: File | null; onClose: () => void }) {
  const text = useText(bundlesMessages);
  const shared = useText(words);
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const take = useMutation({
    mutationFn: async (file: File) => client.importBundle({ body: { content: await base64Of(file) } }),
    onSuccess: () => {
      for (const topic of ['records', 'inbox', 'partners']) void queries.invalidateQueries({ queryKey: [topic] });
    },
  });
  const begin = (file: File | null | undefined) => {
    if (!file || take.isPending) return;
    setTooLarge(file.size > fileBytesMax);
    if (file.size <= fileBytesMax) take.mutate(file);
  };
  const first = useRef(dropped);
  const start = useRef(begin);
  start.current = begin;
  useEffect(() => {
    // A file dropped on the page before this opened is taken once, and no more when this is drawn again.
    const file = first.current;
    first.current = null;
    start.current(file);
  }, []);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    begin(event.dataTransfer.files[0]);
  };
  return (
    <Dialog title={text('in.title')} onClose={onClose}>
      {take.data ? (
        <Report report={take.data} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button within does the same
        <div
          className={styles.drop}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <p>{text('in.text')}</p>
          {take.isPending ? (
            <div>
              <Pending />
              <p className={styles.soft}>{text('in.reading')}</p>
            </div>
          ) : (
            <form
              className={styles.pick}
              onSubmit={(event) => {
                event.preventDefault();
                picker.current?.click();
              }}
            >
              <Button type="submit">{text('in.pick')}</Button>
              <span className={styles.soft}>{text('in.drop')}</span>
            </form>
          )}
          <input
            ref={picker}
            type="file"
            accept=".tansiq"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={text('in.pick')}
            onChange={(event) => {
              begin(event.target.files?.[0]);
              // The same file may be chosen again.
              event.target.value = '';
            }}
          />
        </div>
      )}
      {tooLarge && (
        <p className={styles.refused} role="alert">
          {text('in.tooLarge')}
        </p>
      )}
      {take.error && <ProblemNotice thrown={take.error} />}
      <DialogActions>
        {take.data && (
          <Button variant="default" onClick={() => take.reset()}>
            {text('in.another')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {shared(take.data ? 'close' : 'cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What the file held: taken, known, refused; and the answer to carry back. */
function Report({ report }: { report: ImportReport }) {
  const text = useText(bundlesMessages);
  const language = useLanguage();
  const service = nameOf(report.from, language);
  const { answer } = report;
  return (
    <div className={styles.report} role="status">
      <p>{text('in.from', { service })}</p>
      <ul className={styles.counts}>
        <li>{text('in.taken', { count: report.taken })}</li>
        {report.known > 0 && <li>{text('in.known', { count: report.known })}</li>}
        {report.receipts > 0 && <li>{text('in.receipts', { count: report.receipts })}</li>}
      </ul>
      {report.refused.length > 0 && (
        <div className={styles.refused}>
          <p>{text('in.refused')}</p>
          <ul>
            {report.refused.map(({ code, rule }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one code may stand here several times, in the file's order
              <li key={place}>
                <RefusalLine code={code} rule={rule} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {answer ? (
        <div className={styles.answer}>
          <p>{text('in.answer', { service })}</p>
          <Button onClick={() => save(answer)}>{text('in.saveAnswer', { file: answer.name })}</Button>
        </div>
      ) : (
        <p className={styles.soft}>{text('in.noAnswer')}</p>
      )}
    </div>
  );
}
