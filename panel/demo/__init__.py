"""The demo team: fictional people, plans, candidates and simulated ratings, as domain objects. Nothing is stored here.

team.py puts it together: roles.py says what is asked by whom, timetable.py when, simulation.py which levels are
given, notes.py (with shorthand.py and phrases.py) what stands beside them.
"""
