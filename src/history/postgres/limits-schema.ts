import { waitMs, windowMs } from '../../domain/shared-limits.ts';

/** The first number of the locks that show that a process is alive; the second is that of its session. */
export const sessionLocks = 0x6d6d6f73;

/** The first number of the locks that one admission after the other takes; the second is made of what is limited. */
const boundLocks = 0x6d6d6f6c;

/** The channel on which a session hears its number when a place may have come free for it. */
export const roomChannel = 'orchestrator_room';

/**
 * The places of requests and the processes that wait for some. Nothing of it outlives a crash of the server, so nothing
 * is written ahead, and nothing waits for the disk. A session is a connection of a process that holds a lock as long as
 * it is there: the server lets go of it when the process ends, and so everybody can ask whether it has.
 */
export const limitsSchema: string = `
  CREATE UNLOGGED TABLE orchestrator.standings (key text PRIMARY KEY, body text NOT NULL);
  CREATE UNLOGGED TABLE orchestrator.sessions (number integer PRIMARY KEY, holder text NOT NULL);
  CREATE UNLOGGED TABLE orchestrator.places (
    key text COLLATE "C" NOT NULL,
    at_ms bigint NOT NULL,
    session integer NOT NULL,
    number integer NOT NULL,
    tokens double precision NOT NULL,
    is_counted boolean NOT NULL,
    lease_ms bigint NOT NULL
  ) WITH (fillfactor = 50);
  CREATE INDEX places_by_key ON orchestrator.places (key, at_ms);
  CREATE INDEX places_by_session ON orchestrator.places (session, number);
  CREATE UNLOGGED TABLE orchestrator.waits (
    key text COLLATE "C" NOT NULL,
    session integer NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_ms bigint NOT NULL,
    PRIMARY KEY (key, session)
  ) WITH (fillfactor = 50);

  -- Begins a session, and takes those places of an earlier one along that its process still holds.
  CREATE FUNCTION orchestrator.begin_session(
    own_holder text, earlier integer, held integer[]
  ) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    own integer;
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    LOOP
      own := floor(random() * 2147483647);
      -- One that ended and was not seen yet has left its row.
      CONTINUE WHEN EXISTS (SELECT FROM orchestrator.sessions WHERE number = own);
      EXIT WHEN pg_try_advisory_lock(${sessionLocks}, own);
    END LOOP;
    INSERT INTO orchestrator.sessions VALUES (own, own_holder);
    UPDATE orchestrator.places SET session = own WHERE session = earlier AND number = ANY (held);
    PERFORM orchestrator.end_session(earlier);
    RETURN own;
  END $$;

  CREATE FUNCTION orchestrator.end_session(ended integer) RETURNS void LANGUAGE sql AS $$
    DELETE FROM orchestrator.places WHERE session = ended AND NOT is_counted;
    UPDATE orchestrator.places SET lease_ms = 0 WHERE session = ended;
    DELETE FROM orchestrator.waits WHERE session = ended;
    DELETE FROM orchestrator.sessions WHERE number = ended;
  $$;

  -- Ends the sessions whose connection is gone, and those of the given holders.
  CREATE FUNCTION orchestrator.end_gone_sessions(own integer, gone text[]) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    other record;
    ended integer := 0;
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    FOR other IN SELECT * FROM orchestrator.sessions s WHERE s.number <> own LOOP
      IF other.holder = ANY (gone) OR pg_try_advisory_xact_lock_shared(${sessionLocks}, other.number) THEN
        PERFORM orchestrator.end_session(other.number);
        ended := ended + 1;
      END IF;
    END LOOP;
    RETURN ended;
  END $$;

  -- Gives places back, and wakes as many of those who wait for longest.
  CREATE FUNCTION orchestrator.leave(own integer, numbers integer[], used double precision[])
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    keys text[];
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT array_agg(DISTINCT p.key) INTO keys FROM orchestrator.places p
      WHERE p.session = own AND p.number = ANY (numbers);
    DELETE FROM orchestrator.places p
      WHERE p.session = own AND p.number = ANY (numbers) AND NOT p.is_counted;
    UPDATE orchestrator.places p SET lease_ms = 0, tokens = u.tokens FROM unnest(numbers, used) AS u (number, tokens)
      WHERE p.session = own AND p.number = u.number;
    PERFORM pg_notify('${roomChannel}', next.session::text) FROM (
      SELECT w.session FROM orchestrator.waits w WHERE w.key = ANY (keys) AND w.session <> own
      GROUP BY w.session ORDER BY min(w.since) LIMIT cardinality(numbers)
    ) AS next;
  END $$;

  -- Gives places back, and takes one under all bounds; or says which one is full (by its index, from 1) and what is taken of it, and keeps
  -- the session's turn there. The rule is that of roomIn(), which says when to ask again.
  CREATE FUNCTION orchestrator.enter(
    given_ms bigint, own integer, own_number integer, lasting_ms integer, keys text[],
    most_held double precision[], most_requests double precision[], most_tokens double precision[],
    wanted double precision, left_numbers integer[], left_tokens double precision[],
    OUT full_index integer, OUT held integer, OUT requests integer, OUT tokens double precision,
    OUT oldest_ms double precision, OUT before integer, OUT time_ms double precision, OUT busiest integer
  ) LANGUAGE plpgsql AS $$
  DECLARE
    lock_number integer;
    now_ms bigint;
    fits boolean;
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    IF cardinality(left_numbers) > 0 THEN
      PERFORM orchestrator.leave(own, left_numbers, left_tokens);
    END IF;
    FOR lock_number IN SELECT DISTINCT hashtext(each) FROM unnest(keys) AS each ORDER BY 1 LOOP
      PERFORM pg_advisory_xact_lock(${boundLocks}, lock_number);
    END LOOP;
    now_ms := coalesce(given_ms, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);
    time_ms := now_ms;
    busiest := 0;
    FOR index IN 1 .. cardinality(keys) LOOP
      DELETE FROM orchestrator.places p
        WHERE p.key = keys[index] AND p.at_ms <= now_ms - ${windowMs} AND p.lease_ms <= now_ms;
      DELETE FROM orchestrator.waits w WHERE w.key = keys[index] AND w.seen_ms <= now_ms - ${waitMs};
      SELECT count(*) FILTER (WHERE p.lease_ms > now_ms),
          count(*) FILTER (WHERE p.is_counted AND p.at_ms > now_ms - ${windowMs}),
          coalesce(sum(p.tokens) FILTER (WHERE p.is_counted AND p.at_ms > now_ms - ${windowMs}), 0),
          min(p.at_ms) FILTER (WHERE p.is_counted AND p.at_ms > now_ms - ${windowMs})
        INTO held, requests, tokens, oldest_ms FROM orchestrator.places p WHERE p.key = keys[index];
      SELECT count(*) INTO before FROM orchestrator.waits w
        LEFT JOIN orchestrator.waits o ON o.key = w.key AND o.session = own
        WHERE w.key = keys[index] AND w.session <> own
          AND (o.key IS NULL OR w.since < o.since);
      busiest := greatest(busiest, held + 1);
      fits := tokens = 0 OR most_tokens[index] IS NULL OR tokens + wanted <= most_tokens[index];
      IF fits AND before < least(
        most_held[index] - held, most_requests[index] - requests,
        CASE WHEN most_tokens[index] IS NULL THEN 'infinity'::double precision ELSE 1 END
      ) THEN
        CONTINUE;
      END IF;
      INSERT INTO orchestrator.waits AS w (key, session, seen_ms) VALUES (keys[index], own, now_ms)
        ON CONFLICT (key, session) DO UPDATE SET seen_ms = now_ms WHERE w.seen_ms <= now_ms - ${waitMs / 10};
      full_index := index;
      RETURN;
    END LOOP;
    DELETE FROM orchestrator.waits w WHERE w.session = own AND w.key = ANY (keys);
    INSERT INTO orchestrator.places
      SELECT b.key, now_ms, own, own_number, wanted, b.requests IS NOT NULL OR b.tokens IS NOT NULL, now_ms + lasting_ms
      FROM unnest(keys, most_requests, most_tokens) AS b (key, requests, tokens);
  END $$;
`;
