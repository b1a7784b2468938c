/** Changes of the code that no behaviour can show, each with the reason. */
export const equivalentCode: { readonly [mutant: string]: string } = {};
