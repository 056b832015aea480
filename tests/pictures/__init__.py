"""Tests of pictures, and pictures to test with."""
