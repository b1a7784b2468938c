/** The permissions feature's dialog, where another feature finds out that a permission is missing. */
export { default } from '#src/features/permissions/web/ask-permission-dialog.tsx';
