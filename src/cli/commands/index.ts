/** Every command, in the order of the help: run a node, sign in, exchange, administer. */
import type { Command } from '../command.ts';
import { answer } from './answer.ts';
import { answerCorrection } from './answer-correction.ts';
import { board } from './board.ts';
import { bundleCarrier, bundleExport, bundleImport, bundleList } from './bundle.ts';
import { correct, erase, withdraw } from './correct.ts';
import { decide } from './decide.ts';
import { demo } from './demo.ts';
import { inbox } from './inbox.ts';
import { keysRotate, keysShow } from './keys.ts';
import { keysRecovery } from './keys-recovery.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { officerAdd, officerDisable, officerList, officerSlowDowns } from './officer.ts';
import { outcome } from './outcome.ts';
import { passphraseChange, sessionsEnd, sessionsList } from './own-account.ts';
import { partnerAdd, partnerCard, partnerConfirm, partnerList, partnerShow } from './partner.ts';
import { partnerAssent, partnerEnd, partnerPropose } from './partner-agreement.ts';
import { partnerResume } from './partner-resume.ts';
import { partnerRevoke } from './partner-revoke.ts';
import { permissionAsk, permissionGrant, permissionList, permissionRefuse, permissionRevoke } from './permission.ts';
import { recovery } from './recovery.ts';
import { release } from './release.ts';
import { clarify, request } from './request.ts';
import { requests } from './requests.ts';
import { send } from './send.ts';
import { serve } from './serve.ts';
import { setUp } from './set-up.ts';
import { show } from './show.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';

export const commands: readonly Command[] = [
  demo,
  serve,
  setUp,
  login,
  logout,
  inbox,
  send,
  status,
  show,
  decide,
  outcome,
  request,
  requests,
  answer,
  clarify,
  sources,
  release,
  permissionAsk,
  permissionGrant,
  permissionRefuse,
  permissionRevoke,
  permissionList,
  correct,
  withdraw,
  erase,
  answerCorrection,
  board,
  partnerList,
  partnerShow,
  partnerCard,
  partnerAdd,
  partnerConfirm,
  partnerPropose,
  partnerAssent,
  partnerEnd,
  partnerRevoke,
  partnerResume,
  keysShow,
  keysRotate,
  keysRecovery,
  recovery,
  bundleExport,
  bundleImport,
  bundleList,
  bundleCarrier,
  officerList,
  officerSlowDowns,
  officerAdd,
  officerDisable,
  passphraseChange,
  sessionsList,
  sessionsEnd,
];
