import type { BundleFile } from '../contract.ts';

/** What the contract takes of base64, in bytes of the file. */
export const fileBytesMax = 36_000_000;

/** base64 of a file's bytes. Rejects where the browser cannot read it. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error('unreadable file'));
    // A data URL is `data:…;base64,` and the bytes; of an empty file some browsers give `data:` alone.
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.readAsDataURL(file);
  });
}

/** Hands a file to the browser to be saved. */
export function save({ name, content }: BundleFile): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the bytes once the click has returned; a second later also where it has not.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
