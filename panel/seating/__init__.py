"""Who meets which of the coming candidates: panels without conflicts, with even loads, linked with each other.

problem.py    what is known: who comes, who may sit, who may not meet whom, earlier panels
seats.py      a table of seats, and chains of exchanges: the most seats, then the evenest loads (both proven)
spreading.py  exchanges that leave the loads alone and let as many different pairs meet as evenly as possible
links.py      groups of interviewers that share candidates, and the weakest link between any two sides
proof.py      integer programs: whom to seat when not all can be, and a linked design where search found none
report.py     what is proposed, with loads, links and what is missing
sentences.py  the same in words
proposing.py  propose: problem in, report out

Knows no hiring rules, no storage and no names; ids are text. docs/panels.md explains the method.
"""
