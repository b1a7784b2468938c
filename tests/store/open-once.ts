// A second process on the same home: prints what happens.
import { openPostgres } from '#src/adapters/postgres/index.ts';

try {
  const { database } = await openPostgres({ home: process.argv[2] ?? '' });
  console.log('opened');
  await database.close();
} catch (error) {
  console.log(String(error));
}
