import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { currentToken, giveToken } from '../api/token.ts';

/** Asks for the token of a server that lets nobody in without it. */
export function TokenForm(): ReactNode {
  const [token, setToken] = useState('');
  const wasWrong = currentToken() !== null;
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <form className="panel token-form" onSubmit={onSubmit}>
      <h1>This server asks for a token</h1>
      <p>
        It is the secret in <code>ORCHESTRATOR_TOKEN</code> of whoever started the server. It is
        kept until this tab is closed.
      </p>
      <label htmlFor="token">Token</label>
      <input
        id="token"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={token}
        aria-describedby={wasWrong ? 'token-wrong' : undefined}
        aria-invalid={wasWrong}
        onChange={(event) => setToken(event.target.value)}
      />
      {wasWrong && (
        <p id="token-wrong" className="field-error" role="alert">
          The server does not know the token that was given. Look whether it is complete.
        </p>
      )}
      <button type="submit" className="button primary" disabled={token.trim() === ''}>
        Continue
      </button>
    </form>
  );
}
