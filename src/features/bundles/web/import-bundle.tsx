import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { meQuery } from '#src/web/api/queries.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { bundlesMessages } from './messages.ts';

const ImportDialog = lazy(() => import('./import-dialog.tsx'));

/** The button that takes in a file; a file dropped anywhere on its page does the same. */
export function ImportBundle() {
  const text = useText(bundlesMessages);
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState<{ readonly dropped: File | null } | null>(null);
  const mayCarry = me?.allowed.includes('bundles') ?? false;
  useEffect(() => {
    if (!mayCarry) return;
    const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (isFile(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      if (document.querySelector('dialog:modal')) return;
      setOpen({ dropped: event.dataTransfer?.files[0] ?? null });
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, [mayCarry]);
  if (!mayCarry) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen({ dropped: null })}>
        {text('in.button')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ImportDialog dropped={open.dropped} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
