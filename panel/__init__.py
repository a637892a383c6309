"""Panel: plan interviews, score candidates live, and see how fairly you score.

errors.py     every error a person may read; the text is the contract
settings.py   every environment variable, one model
house.py      what one running process has open: the team's database, and the demo team's
live.py       what happens right now: who has which interview open, what changed a moment ago
mail.py       one mail, handed to the mail server
recent.py     a few costly results, shared by everybody who would get the same
content.py    question_bank/*.toml and rubrics/*.toml <-> domain objects
exercise_files.py  exercises/*.toml -> calibration exercises with their authors' gold
importing/    outside documents -> domain objects; writes nothing
exporting/    domain objects -> text that leaves the program
markdown.py   Markdown that people wrote, made safe to show
domain/       nouns and their rules; pydantic and the standard library only
stats/        ratings (target, rater, item, score) in, frozen results out; knows no hiring, no storage
seating/      who meets which candidate: even loads, no conflicts, linked panels; pure functions
finding/      search over the bank, marks of what matched, near duplicates; pure functions
store/        every line of SQL, one text for DuckDB and PostgreSQL; reports.py holds the rule of blindness in SQL
assembly/     the best question set for all interviewers of a plan; pure functions on scipy.optimize.milp
demo/         the fictional team: people, plans, simulated ratings and notes; pure functions
actions/      use cases, the only writers: each checks access, writes and audits in one transaction
web/          the ASGI side: the gate, sign-in, health, the websocket of scoring pages and boards
ui/           what a person sees: app.py the frame, screens/ one per page, components/, charts.py
cli/          python -m panel serve | doctor | demo | reset-link | bank | calibrate | assemble | export | packet

Who may import whom: ui, web, cli -> actions -> store, importing, exporting, finding, content, exercise_files, demo,
seating, assembly, stats -> domain -> errors, settings. seating may call stats. markdown stands beside domain; so does
assembly, whose files importing reads.
ui/screens is not called pages: beside the script, Streamlit takes a folder of that name for its older kind of app.
house stands beside store: actions are given a Workspace of it. live knows the database's announcements and no table;
house gives every workspace one, and web listens to it. mail stands beside house.
tests/test_layers.py walks the imports.
"""
