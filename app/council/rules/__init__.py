"""What law and bylaws say about the council: seats and terms, notice, quorum, motions, recusals, minutes, tasks."""
