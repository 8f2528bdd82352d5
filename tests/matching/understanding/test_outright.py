"""Who wants to die says so in few words; who denies it, or tells of the past, uses them too."""

import pytest

from matching.understanding.outright import wants_to_die


@pytest.mark.parametrize(
    "sentence",
    [
        *("I want to die", "i wanna die", "She says she wants to kill herself", "suicidal", "kms"),
        *("I want to take my own life", "i want to slit my wrists", "going to hang myself"),
        *("I don't want to be alive", "He doesn't want to wake up any more… to live like this"),
        *("not eating, want to die", "I used to cope but now I want to die", "end it all"),
        *("I lost my job and I want to die", "Since the loss of my mum I want to end my life"),
        *("he’s taken an overdose", "overdose", "my son took an overdose", "I WANT TO DIE"),
        *("My son took an overdose.", "I've overdosed!", "better off dead", "I wish I was dead."),
        *("She is not eating and feeling suicidal", "He isn't sleeping and is suicidal"),
        *("I can see no way out other than ending my life", "nobody can stop me killing myself"),
        *("I have been suicidal since 2021", "A domestic abuse survivor who wants to die"),
        *("I don't want to live in pain any more", "I don't want to live here any more"),
        # A denial, a subject or a past that belongs to other words.
        *("I have no money and want to die", "I have nobody and I want to die"),
        *("no one cares and I want to die", "he doesn't eat and wants to die"),
        *("I'm not safe I want to kill myself", "nobody would care if i kill myself"),
        *("I don't know why I want to die", "I want to die, never felt so low"),
        *("I have no food and feel suicidal", "I feel suicidal, I have never been this bad"),
        *("Of course I want to die", "I want to kill myself, my course starts Monday"),
        *("I want to kill myself, last year was hell", "I want to die of this pain"),
        *("I want to die, he left me when I was pregnant", "I don't want to live with this"),
        *("I want to end my life, my mum is a cancer survivor", "I don't want to live"),
        *("Previously fine, but she says she will kill herself", "don't want to be here anymore"),
    ],
)
def test_it_is_said(sentence):
    assert wants_to_die(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *("", "not suicidal", "denies feeling suicidal", "No thoughts of wanting to kill himself"),
        *("She does not want to die", "Suicidal thoughts: none", "asked re wanting to die, never"),
        *("He was suicidal years ago", "She used to want to die when she was at school"),
        *("bereaved by suicide", "suicide prevention training", "dying to get a job"),
        *("He thinks he's going to die on the bus", "took an overdose at nineteen"),
        *("the car died", "my plants want water", "history of wanting to kill herself"),
        *("Years ago, he was suicidal", "In the past, she wanted to kill herself"),
        *(
            "no evidence of self-harm or suicidal ideation",
            "denies self harm and suicidal thoughts",
        ),
        *("Suicidal ideation - denied.", "no thoughts of ending her life", "never felt suicidal"),
        # Places, distances, hair and top-ups.
        *("She doesn't want to live with her dad because of the shouting", "we are 8 kms away"),
        *("I don't want to live in a hostel", "dad doesn't want to live in a care home"),
        *("I don't want to be here when the bailiffs come", "We live 5 kms from Diss"),
        *("don't want to wake the baby with the washing machine", "want to die my hair"),
        *("she is not anxious and suicidal", "was suicidal last year", "I was suicidal in 2019"),
        *("We don't want to live off benefits", "bereaved by his dad killing himself"),
        *("he wants to top himself up", "I want to end my life insurance policy"),
    ],
)
def test_it_is_not_said(sentence):
    assert not wants_to_die(sentence)
