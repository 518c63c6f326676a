def margins(case, replay, language, timeout):
    return ()
