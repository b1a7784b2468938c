/** The files of this program and the database do not fit together; says which file and why. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}
