"""The step that makes views for people who bring their own notebook or BI tool. `docs/data.md` explains their columns.

They hold only what may be given to anybody who manages hiring: candidates and rounds for which nobody owes a scorecard
any more. What is written below is their text of that day, whatever the reads of the program become later. PostgreSQL
lets no column go that a view shows: a later step that takes one away drops the views first and makes them anew.
"""

from panel.store.database import Transaction


def m009_views(transaction: Transaction) -> None:
    for statement in VIEWS.split(";"):
        if statement.strip():
            transaction.run(statement)


VIEWS = """
CREATE VIEW tidy_ratings AS
SELECT s.candidate_id AS target, s.person_id AS rater, s.round_id || ':' || r.question_key AS item,
    CAST(r.level AS DOUBLE PRECISION) AS score, r.outcome, a.competency, a.levels, a.weight,
    NOT a.pilot OR COALESCE(q.approved_at > v.published_at, FALSE) AS counts,
    CASE WHEN a.sitting = 'panel' THEN 'panel' ELSE 'separate' END AS sitting,
    c.name AS candidate, p.name AS interviewer, a.prompt AS question,
    CAST(o.body AS JSON) ->> 'name' AS role, CAST(l.body AS JSON) ->> 'title' AS plan, v.number AS plan_version,
    a.round_name AS round, i.starts_at AS started, s.submitted_at AS submitted, r.question_key, c.role_id, i.plan_id,
    s.round_id, i.id AS interview, s.id AS scorecard
FROM rating r JOIN scorecard s ON s.id = r.scorecard_id JOIN interview i ON i.id = s.interview_id
JOIN asked_item a ON a.plan_version_id = i.plan_version_id AND a.assignment_id = s.assignment_id
    AND a.question_key = r.question_key
JOIN plan_version v ON v.id = i.plan_version_id JOIN plan l ON l.id = i.plan_id
JOIN candidate c ON c.id = s.candidate_id JOIN role o ON o.id = c.role_id JOIN person p ON p.id = s.person_id
LEFT JOIN question q ON q.key = r.question_key
WHERE s.state <> 'draft' AND i.state <> 'cancelled' AND NOT s.shadow AND r.outcome <> 'open'
    AND NOT EXISTS (SELECT 1 FROM scorecard owed JOIN interview at_stake ON at_stake.id = owed.interview_id
        WHERE owed.state = 'draft' AND at_stake.state <> 'cancelled'
        AND owed.candidate_id = s.candidate_id AND owed.round_id = s.round_id);
CREATE VIEW tidy_candidates AS
SELECT c.id AS target, c.name AS candidate, CAST(o.body AS JSON) ->> 'name' AS role, c.role_id,
    c.created_at AS added, COALESCE(t.ratings, 0) AS ratings, COALESCE(t.interviewers, 0) AS interviewers,
    t.raw_mean
FROM candidate c JOIN role o ON o.id = c.role_id
LEFT JOIN (SELECT target, CAST(count(*) AS BIGINT) AS ratings,
        CAST(count(DISTINCT rater) AS BIGINT) AS interviewers,
        avg(1 + (score - 1) * 4 / (levels - 1)) AS raw_mean
    FROM tidy_ratings WHERE score IS NOT NULL AND counts GROUP BY target) t ON t.target = c.id;
CREATE VIEW tidy_questions AS
SELECT q.key AS question_key, CAST(w.body AS JSON) ->> 'prompt' AS question, q.category_key AS category,
    CAST(w.body AS JSON) ->> 'competency' AS competency, CAST(w.body AS JSON) ->> 'difficulty' AS difficulty,
    q.state, COALESCE(t.ratings, 0) AS ratings, COALESCE(t.candidates, 0) AS candidates
FROM question q JOIN question_version w ON w.key = q.key AND w.version = q.version
LEFT JOIN (SELECT question_key, CAST(count(*) AS BIGINT) AS ratings,
        CAST(count(DISTINCT target) AS BIGINT) AS candidates
    FROM tidy_ratings WHERE score IS NOT NULL GROUP BY question_key) t ON t.question_key = q.key
"""
