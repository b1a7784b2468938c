import { anyMessageContract } from './any-message.ts';

anyMessageContract(30);
